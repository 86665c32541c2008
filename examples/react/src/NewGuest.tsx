import { fromForm, type Issue, UnprocessableEntityError, ValidationError } from "collins-customers";
import { type FormEvent, useState } from "react";
import { api, sentence } from "./api";

const fields = [
  ["first_name", "First name"],
  ["last_name", "Last name"],
  ["email", "Email"],
  ["dob", "Date of birth"],
] as const;

export function NewGuest() {
  const [issues, setIssues] = useState<Issue[]>([]);
  const [outcome, setOutcome] = useState("");

  async function create(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    setIssues([]);
    try {
      const guest = await api.create(fromForm(new FormData(form)));
      setOutcome(`${guest.first_name} is a guest now.`);
      form.reset();
    } catch (error) {
      // Both errors have the same kind of issues: from our own check, or from the service.
      if (error instanceof ValidationError || error instanceof UnprocessableEntityError)
        setIssues([...error.issues]);
      setOutcome(sentence(error));
    }
  }

  return (
    <form onSubmit={create} noValidate>
      <h2>New guest</h2>
      {fields.map(([name, label]) => (
        <label key={name}>
          {label} <input name={name} /> {issues.find(({ path }) => path[0] === name)?.message}
        </label>
      ))}
      <button type="submit">Create</button>
      <output>{outcome}</output>
    </form>
  );
}
