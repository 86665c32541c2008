import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { schemas, UnprocessableEntityError } from "collins-customers";
import { createRoot } from "react-dom/client";
import { get, useForm } from "react-hook-form";
import { create } from "./create.js";

function NewCustomer() {
  const { register, handleSubmit, setError, formState } = useForm({
    mode: "onChange",
    resolver: standardSchemaResolver(schemas.newCustomer),
  });
  const save = async (values) => {
    try {
      await create(values);
    } catch (error) {
      if (!(error instanceof UnprocessableEntityError)) throw error;
      for (const { path, code, message } of error.issues) {
        setError(path.join("."), { type: code, message });
      }
    }
  };
  const field = (name, label) => (
    <p>
      <label>
        {label} <input {...register(name)} />
      </label>
      <span id={`${name}-issue`}>{get(formState.errors, name)?.message}</span>
    </p>
  );
  return (
    <form onSubmit={handleSubmit(save)}>
      {field("email", "Email")}
      {field("phone", "Phone")}
      {field("company_address.post_code", "Post code")}
      <button type="submit">Save</button>
      {formState.isSubmitSuccessful && <output>Saved</output>}
    </form>
  );
}

createRoot(document.body).render(<NewCustomer />);
