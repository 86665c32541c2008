import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import {
  applyIssues,
  type NewCustomer,
  type NewCustomerFormValues,
  schemas,
} from "collins-customers";
import { createRoot } from "react-dom/client";
import { useForm } from "react-hook-form";
import { create } from "./create.js";

function Form() {
  const { register, handleSubmit, setError, getFieldState, formState } = useForm<
    NewCustomerFormValues,
    unknown,
    NewCustomer
  >({ mode: "onChange", resolver: standardSchemaResolver(schemas.newCustomerForm) });
  const save = async (customer: NewCustomer) => {
    try {
      await create(customer);
    } catch (error) {
      if (!applyIssues(setError, error)) throw error;
    }
  };
  const field = (name: "email" | "phone" | "company_address.post_code", label: string) => (
    <p>
      <label>
        {label} <input {...register(name)} />
      </label>
      <span id={`${name}-issue`}>{getFieldState(name, formState).error?.message}</span>
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

createRoot(document.body).render(<Form />);
