// Whether the store refused something for what it holds, so that to try again is in vain.

/** SQLITE_TOOBIG, SQLITE_CONSTRAINT and SQLITE_MISMATCH (https://sqlite.org/rescode.html). */
const SQLITE_REFUSALS: ReadonlySet<unknown> = new Set([18, 19, 20])

/** SQLSTATE's classes 22, data exception, and 23, constraint violation (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const POSTGRES_REFUSAL = /^2[23]/

/** @param error of either engine */
export function isRefusedData(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, errcode } = error as { readonly code?: unknown; readonly errcode?: unknown }
  // The low byte of SQLite's extended codes is the primary one.
  if (typeof errcode === 'number') return SQLITE_REFUSALS.has(errcode & 0xff)
  return typeof code === 'string' && POSTGRES_REFUSAL.test(code)
}
