//! Replays the corpus of the fuzzer, in seconds and without it, so that fixed bugs stay fixed.

use std::fs;
use std::path::Path;

#[path = "../fuzz/src/lib.rs"]
mod targets;

#[test]
fn the_corpus_of_every_target_passes() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for (name, run) in targets::TARGETS {
        let files = fs::read_dir(corpus.join(name)).expect("each target has a corpus");
        let mut count = 0;
        for file in files {
            let path = file.expect("the corpus is readable").path();
            println!("{}", path.display());
            run(&fs::read(&path).expect("the corpus is readable"));
            count += 1;
        }
        assert!(count > 10, "{name} has {count} files");
    }
}
