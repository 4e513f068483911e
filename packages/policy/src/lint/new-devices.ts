// The devices that a user might create: a name is free, unless the policies say how it must be.
import type { CompiledStatement } from '../compile.ts'
import { resourceSegments } from '../resource.ts'
import { expandText } from '../variables.ts'
import type { Caller } from './account-users.ts'
import { ENROL } from './mfa-actions.ts'

const [CREATE_DEVICE] = ENROL

/** ARNs: one called after the user, one called otherwise, and one of each form that an Allow has. */
export function newDevices(caller: Caller): readonly string[] {
  const { user, principal, layers } = caller
  const allows = [layers.identity, layers.boundary].flatMap(
    set => set?.statementsFor(CREATE_DEVICE).Allow ?? [],
  )
  const forms = allows.flatMap(allow => formsIn(allow, caller))
  const names = new Set([`mfa/${user.name}`, 'mfa/device', ...forms])
  return [...names].map(name => `arn:aws:iam::${principal.account}:${name}`)
}

/** With something in the place of its wildcards: `mfa/ana-x` for `mfa/${aws:username}-*`. */
function formsIn({ statement, version }: CompiledStatement, { keys }: Caller): readonly string[] {
  if (statement.resource?.element !== 'Resource') return []
  return statement.resource.patterns.flatMap(pattern => {
    const segments = pattern === null ? undefined : resourceSegments(pattern, 'identity', version)
    const form = expandText(segments?.[5] ?? [], keys)
    return form?.startsWith('mfa/') ? [form.replaceAll(/[*?]/g, 'x')] : []
  })
}
