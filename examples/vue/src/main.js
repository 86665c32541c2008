import { createApp } from "vue";
import Guests from "./Guests.vue";

createApp(Guests).mount("#root");
