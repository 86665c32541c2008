import { applyIssues, fromForm, validateNewCustomer } from "collins-customers";
import { type FormEvent, useState } from "react";
import { createRoot } from "react-dom/client";
import { create } from "./create.js";

function Form() {
  const [issues, setIssues] = useState<Record<string, string>>({});
  const [saved, setSaved] = useState(false);
  const check = (form: HTMLFormElement) => {
    const found: Record<string, string> = {};
    for (const { path, message } of validateNewCustomer(fromForm(new FormData(form))))
      found[path.join(".")] ??= message;
    setIssues(found);
    return Object.keys(found).length === 0;
  };
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    if (!check(form)) return;
    try {
      await create(fromForm(new FormData(form)));
      setSaved(true);
    } catch (error) {
      const found: Record<string, string> = {};
      const isShown = applyIssues((name, { message }) => {
        found[name] = message;
      }, error);
      if (!isShown) throw error;
      setIssues(found);
    }
  };
  const field = (name: string, issue: string, label: string) => (
    <p>
      <label>
        {label} <input name={name} />
      </label>
      <span id={`${issue}-issue`}>{issues[issue]}</span>
    </p>
  );
  return (
    <form onSubmit={save} onChange={(event) => check(event.currentTarget)}>
      <input type="hidden" name="_token" value="csrf" />
      {field("email", "email", "Email")}
      {field("phone", "phone", "Phone")}
      {field("company_address[post_code]", "company_address.post_code", "Post code")}
      <button type="submit">Save</button>
      {saved && <output>Saved</output>}
    </form>
  );
}

createRoot(document.body).render(<Form />);
