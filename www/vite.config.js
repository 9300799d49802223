import { defineConfig } from "vite";

export default defineConfig({
  build: {
    // The page's policy allows files of its own origin only, no data: addresses.
    assetsInlineLimit: 0,
    target: "es2022",
    // The package carries its wasm inside: one file, loaded once.
    chunkSizeWarningLimit: 600,
  },
});
