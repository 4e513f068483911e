// Builds the sign-in pages and the console into `dist/`, which the server serves. Everything comes from our own origin in files of its own:
// the pages' Content-Security-Policy allows no inline script.
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { fontFiles } from './build/font-files.ts'
import { precompressed } from './build/precompressed.ts'

export default defineConfig({
  root: import.meta.dirname,
  // The sign-in pages take their scripts from there too.
  base: '/console/',
  plugins: [react(), fontFiles(), precompressed()],
  build: {
    target: 'es2023',
    outDir: 'dist',
    emptyOutDir: true,
    // A file that is inlined as data: would need a wider policy.
    assetsInlineLimit: 0,
    // The policy editor's, which is loaded when one opens.
    chunkSizeWarningLimit: 700,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        signin: resolve(import.meta.dirname, 'signin.html'),
        console: resolve(import.meta.dirname, 'console.html'),
      },
    },
  },
})
