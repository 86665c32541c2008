use super::*;
use proptest::prelude::*;

fn read(values: [&str; 4]) -> Option<Pagination> {
    let names = [
        "X-Pagination-Page",
        "X-Pagination-Per-Page",
        "X-Pagination-Total-Pages",
        "X-Pagination-Total-Results",
    ];
    Pagination::read(&Headers::from_pairs(names.into_iter().zip(values)))
}

#[test]
fn the_headers_of_a_list_are_read() {
    let read_well = Pagination {
        page: 2,
        per_page: 30,
        total_pages: 34,
        total_results: 1000,
    };
    assert_eq!(read(["2", "30", "34", "1000"]), Some(read_well));
    assert_eq!(
        read(["0", "0", "0", "4294967295"]).map(|page| page.total_results),
        Some(u32::MAX)
    );
}

#[test]
fn one_header_that_cannot_be_read_makes_all_unknown() {
    for values in [
        ["", "30", "34", "1000"],
        ["2", "", "34", "1000"],
        ["2", "30", "", "1000"],
        ["2", "30", "34", ""],
        ["two", "30", "34", "1000"],
        ["2", "-30", "34", "1000"],
        ["2", "30", "34", "4294967296"],
        ["2", "30", "34.5", "1000"],
    ] {
        assert_eq!(read(values), None, "{values:?}");
    }
}

#[test]
fn a_page_follows_by_the_headers_or_by_a_full_page() {
    let of = |total_pages| {
        Some(Pagination {
            page: 1,
            per_page: 30,
            total_pages,
            total_results: 60,
        })
    };
    for (pagination, page, count, limit, expected) in [
        (of(2), 1, 30, 30, Some(2)),
        (of(2), 2, 30, 30, None),
        (of(2), 1, 7, 30, Some(2)),
        (of(2), 1, 0, 30, None),
        (of(0), 1, 0, 30, None),
        (None, 1, 30, 30, Some(2)),
        (None, 7, 10, 10, Some(8)),
        (None, 1, 29, 30, None),
        (None, 1, 0, 30, None),
        (None, u32::MAX, 30, 30, None),
    ] {
        assert_eq!(
            next(pagination, page, count, limit),
            expected,
            "{pagination:?} {page} {count} {limit}"
        );
    }
}

proptest! {
    #[test]
    fn no_header_panics(texts in any::<[String; 4]>()) {
        let _ = read(texts.each_ref().map(String::as_str));
    }

    #[test]
    fn the_next_page_is_a_later_one(
        headers in any::<Option<[u32; 4]>>(),
        page in any::<u32>(),
        count in any::<u32>(),
        limit in any::<u32>(),
    ) {
        let pagination = headers.map(|[page, per_page, total_pages, total_results]| {
            Pagination { page, per_page, total_pages, total_results }
        });
        prop_assert!(next(pagination, page, count, limit).is_none_or(|next| next > page));
    }
}
