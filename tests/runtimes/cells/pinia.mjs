import { stored } from "../support/stored.mjs";

export default stored(
  ["pinia", "vue"],
  `import { createPinia, defineStore } from "pinia";
const useStore = defineStore("customers", { state: () => ({ value: undefined }) });
const store = useStore(createPinia());
function keep(value) {
  store.value = value;
  return store.value;
}`,
);
