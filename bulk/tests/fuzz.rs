//! Replays the corpus of the fuzzer, in seconds and without it, so that fixed bugs stay fixed.

use std::fs;
use std::path::Path;

#[path = "../../fuzz/src/bulk.rs"]
mod files;

#[test]
fn the_corpus_passes() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/bulk");
    let mut count = 0;
    for file in fs::read_dir(corpus).expect("there is a corpus") {
        let path = file.expect("the corpus is readable").path();
        println!("{}", path.display());
        files::bulk(&fs::read(&path).expect("the corpus is readable"));
        count += 1;
    }
    assert!(count > 10, "there are {count} files");
}
