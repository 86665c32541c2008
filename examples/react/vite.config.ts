import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const { COLLINS_TOKEN, COLLINS_URL = "https://api-playpen.collinsbookings.com/api" } = process.env;

export default defineConfig({
  plugins: [react()],
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
