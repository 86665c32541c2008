import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

const { COLLINS_TOKEN, COLLINS_URL = "https://api-playpen.collinsbookings.com/api" } = process.env;

export default defineConfig({
  plugins: [vue()],
  server: {
    proxy: {
      // The token stays on your machine: the development server adds it.
      "/api": {
        target: COLLINS_URL,
        changeOrigin: true,
        headers: { Authorization: `Bearer ${COLLINS_TOKEN}` },
        rewrite: (path) => path.replace(/^\/api/, ""),
      },
    },
  },
});
