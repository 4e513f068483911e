// The public surface of @twinlock/server: starting it.
export { ConfigError, OPTIONS, readConfig } from './config.ts'
export type { Config } from './config.ts'
export { open, start } from './main.ts'
export type { Start, Twinlock } from './main.ts'
