// Another policy engine, as the benchmark asks it.
import type { Case } from '../../packages/policy/bench/cases.ts'

export type Peer = {
  readonly name: string
  /** Prepares all that the engine lets one prepare. What comes back decides the case once. */
  readonly prepare: (one: Case) => () => string
  /** False of an engine that does not tell an explicit deny from an implicit one. */
  readonly tellsDenialsApart?: boolean
}
