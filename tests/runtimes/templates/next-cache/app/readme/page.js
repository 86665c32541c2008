import Vips from "../../readme-component.js";

export default function Page() {
  return (
    <ul id="customers">
      <Vips />
    </ul>
  );
}
