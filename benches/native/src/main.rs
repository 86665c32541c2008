//! Reads a file of customers again and again, with this crate and with others, and prints each one's ratio to the
//! `csv` crate.
//!
//! `cargo run --release --manifest-path benches/native/Cargo.toml -- target/bench/customers.csv`; `cargo xtask bench
//! bulk-cold` writes that file.

use std::env;
use std::fs;
use std::hint::black_box;
use std::time::{Duration, Instant};

use bulk::check::{Checker, Options};
use bulk::scan::Scanner;

const ROUNDS: usize = 15;
const CHUNK: usize = 128 * 1024;

type Contestant = (&'static str, fn(&[u8]) -> usize);

const CONTESTANTS: [Contestant; 4] = [
    ("csv: the cells of every row", csv_cells),
    ("simd-csv: the cells of every row", simd_csv_cells),
    ("bulk: the cells of every row", scanned_cells),
    ("bulk: every row checked", checked_rows),
];

fn csv_cells(file: &[u8]) -> usize {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(file);
    let mut record = csv::ByteRecord::new();
    let mut cells = 0;
    while reader.read_byte_record(&mut record).expect("it is CSV") {
        cells += record.len();
    }
    cells
}

fn simd_csv_cells(file: &[u8]) -> usize {
    let mut reader = simd_csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(file);
    let mut record = simd_csv::ByteRecord::new();
    let mut cells = 0;
    while reader.read_byte_record(&mut record).expect("it is CSV") {
        cells += record.len();
    }
    cells
}

fn scanned_cells(file: &[u8]) -> usize {
    let mut scanner = Scanner::new(b',');
    let mut cells = 0;
    for chunk in file.chunks(CHUNK) {
        scanner.push(chunk, &mut |row| cells += row.cells.len());
    }
    scanner.end(&mut |row| cells += row.cells.len());
    cells
}

fn checked_rows(file: &[u8]) -> usize {
    let mut checker = Checker::new(Options {
        keep: usize::MAX,
        ..Options::default()
    });
    for chunk in file.chunks(CHUNK) {
        checker.push(chunk);
    }
    checker.end();
    let (rows, valid) = checker.counts();
    assert_eq!(
        (rows, rows - valid),
        (100_000, 2_000),
        "not the file of the bench"
    );
    // The same number as the others count: the cells of each row and of the header.
    (rows as usize + 1) * checker.dialect().0.columns.len()
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn main() {
    let path = env::args().nth(1).expect("name a file");
    let file = fs::read(path).expect("it can be read");
    let mut times = [const { Vec::new() }; CONTESTANTS.len()];
    let cells = csv_cells(&file);
    for _ in 0..ROUNDS {
        for ((name, read), times) in CONTESTANTS.iter().zip(&mut times) {
            let begin = Instant::now();
            assert_eq!(black_box(read(black_box(&file))), cells, "{name}");
            times.push(begin.elapsed());
        }
    }
    let medians = times.map(|mut times| median(&mut times).as_secs_f64());
    for ((name, _), seconds) in CONTESTANTS.iter().zip(medians) {
        let ratio = seconds / medians[0];
        println!("{name:34} {:7.1} ms {ratio:6.2}", seconds * 1000.0);
    }
}
