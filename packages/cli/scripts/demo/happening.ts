// Something that happened at the demo's company, so many days ago.
import type { World } from './world.ts'

export type Happening = {
  readonly daysAgo: number
  readonly happen: (world: World) => Promise<unknown>
}

/** Nothing, where it never happened. */
export const on = (
  daysAgo: number | undefined,
  happen: Happening['happen'],
): readonly Happening[] => (daysAgo === undefined ? [] : [{ daysAgo, happen }])
