import { CustomerFilter, type CustomerPage } from "collins-customers";
import { useEffect, useState } from "react";
import { api, sentence } from "./api";
import { NewGuest } from "./NewGuest";

const tenByName = new CustomerFilter().sort(["last_name", "first_name"]).limit(10);

export function Guests() {
  const [query, setQuery] = useState("");
  const [page, setPage] = useState<CustomerPage | null>(null);
  const [problem, setProblem] = useState("");

  useEffect(() => {
    // Further typing aborts the previous search.
    const { signal, abort } = abortable();
    api.list(query ? tenByName.query(query) : tenByName, { signal }).then(
      (page) => {
        setPage(page);
        setProblem("");
      },
      (error) => signal.aborted || setProblem(sentence(error)),
    );
    return abort;
  }, [query]);

  return (
    <>
      <h1>Guests</h1>
      <input type="search" aria-label="Search" onChange={(event) => setQuery(event.target.value)} />
      <p role="status">{problem || `${page?.pagination?.totalResults ?? ""} guests`}</p>
      <ul>
        {page?.customers.map((guest) => (
          <li key={guest.id}>{[guest.first_name, guest.last_name].filter(Boolean).join(" ")}</li>
        ))}
      </ul>
      <button
        type="button"
        onClick={() =>
          page?.nextPage().then(
            (next) => next && setPage(next),
            (error) => setProblem(sentence(error)),
          )
        }
      >
        Next page
      </button>
      <NewGuest />
    </>
  );
}

function abortable() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
