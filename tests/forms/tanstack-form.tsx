import { useForm } from "@tanstack/react-form";
import { applyIssues, fromForm, type NewCustomerFormValues, schemas } from "collins-customers";
import { useState } from "react";
import { createRoot } from "react-dom/client";
import { create } from "./create.js";

const defaultValues: NewCustomerFormValues = {
  email: "",
  phone: "",
  company_address: { post_code: "" },
};

function Form() {
  const [saved, setSaved] = useState(false);
  const form = useForm({
    defaultValues,
    validators: {
      onChange: schemas.newCustomerForm,
      onSubmitAsync: async ({ value }) => {
        try {
          await create(fromForm(value));
        } catch (error) {
          const fields: Record<string, { message: string }> = {};
          const isShown = applyIssues((name, issue) => {
            fields[name] = issue;
          }, error);
          if (!isShown) throw error;
          return { fields };
        }
      },
    },
    onSubmit: () => setSaved(true),
  });
  const field = (name: "email" | "phone" | "company_address.post_code", label: string) => (
    <form.Field name={name}>
      {({ state, handleChange }) => (
        <p>
          <label>
            {label}{" "}
            <input
              value={state.value ?? ""}
              onChange={(event) => handleChange(event.target.value)}
            />
          </label>
          <span id={`${name}-issue`}>
            {state.meta.errors.map((issue) => issue?.message).join()}
          </span>
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

createRoot(document.body).render(<Form />);
