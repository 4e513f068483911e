import type { TrustDemand } from './trust-demand.ts'

/** `Required`, `Fresh only (< 1 hour)`. */
export function demandText(demand: TrustDemand): string {
  switch (demand.kind) {
    case 'required':
      return 'Required'
    case 'fresh':
      return `Fresh only (${demand.isWithin ? '≤' : '<'} ${ageText(demand.seconds)})`
    case 'notRequired':
      return 'Not required'
    case 'hole':
      return `Hole: ${demand.finding.code}`
    case 'noPeople':
      return 'Does not apply'
    case 'nobody':
      return 'Nobody gets in'
    default:
      return demand satisfies never
  }
}

const UNITS = [
  { seconds: 3600, name: 'hour' },
  { seconds: 60, name: 'minute' },
  { seconds: 1, name: 'second' },
]

/** In the largest unit of which it is a whole number: `90 minutes`. */
function ageText(seconds: number): string {
  const unit = UNITS.find(one => seconds % one.seconds === 0) ?? { seconds: 1, name: 'second' }
  const count = seconds / unit.seconds
  return `${count} ${unit.name}${count === 1 ? '' : 's'}`
}
