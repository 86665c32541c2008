import { useForm } from "@tanstack/react-form";
import { schemas, UnprocessableEntityError } from "collins-customers";
import { useState } from "react";
import { createRoot } from "react-dom/client";
import { create } from "./create.js";

function NewCustomer() {
  const [saved, setSaved] = useState(false);
  const form = useForm({
    defaultValues: { email: "", phone: "", company_address: { post_code: "" } },
    validators: {
      onChange: schemas.newCustomer,
      onSubmitAsync: async ({ value }) => {
        try {
          await create(value);
        } catch (error) {
          if (!(error instanceof UnprocessableEntityError)) throw error;
          const fields = error.issues.map((issue) => [issue.path.join("."), issue]);
          return { fields: Object.fromEntries(fields) };
        }
      },
    },
    onSubmit: () => setSaved(true),
  });
  const field = (name, label) => (
    <form.Field name={name}>
      {({ state, handleChange }) => (
        <p>
          <label>
            {label}{" "}
            <input value={state.value} onChange={(event) => handleChange(event.target.value)} />
          </label>
          <span id={`${name}-issue`}>{state.meta.errors.map(({ message }) => message).join()}</span>
        </p>
      )}
    </form.Field>
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        form.handleSubmit();
      }}
    >
      {field("email", "Email")}
      {field("phone", "Phone")}
      {field("company_address.post_code", "Post code")}
      <button type="submit">Save</button>
      {saved && <output>Saved</output>}
    </form>
  );
}

createRoot(document.body).render(<NewCustomer />);
