// The options as variables of the environment: --account-id is TWINLOCK_ACCOUNT_ID.

export const variableOf = (option: string) =>
  `TWINLOCK_${option.replaceAll('-', '_').toUpperCase()}`

/** What the other commands and the tests read. */
const OF_OTHERS = /^TWINLOCK_(AUTHENTICATOR_|TEST_|DEBUG$)/

/** What Kubernetes and Docker tell every container of a service that is called twinlock. */
const OF_A_SERVICE = /^TWINLOCK_(\w+_)?(SERVICE_(HOST|PORT(_\w+)?)|PORT_\d+_(TCP|UDP|SCTP)(_\w+)?)$/
const ADDRESS_OF_A_SERVICE = /^(tcp|udp|sctp):\/\//

/** The first variable that looks like an option and is none, and the option's variable that is one slip away. */
export function findUnknownVariable(
  env: Readonly<Record<string, string | undefined>>,
  options: readonly string[],
): { readonly name: string; readonly meant: string | undefined } | undefined {
  const known = options.map(variableOf)
  const name = Object.keys(env).find(
    each => each.startsWith('TWINLOCK_') && !known.includes(each) && isOurs(each, env[each]),
  )
  if (name === undefined) return undefined
  return { name, meant: known.find(each => isOneSlip(each, name)) }
}

/** An empty variable is an absent one. */
function isOurs(name: string, value = ''): boolean {
  if (value === '' || OF_OTHERS.test(name) || OF_A_SERVICE.test(name)) return false
  return !(name.endsWith('_PORT') && ADDRESS_OF_A_SERVICE.test(value))
}

/** One letter too many, one too few, another one, or two in the wrong order. */
function isOneSlip(meant: string, written: string): boolean {
  let same = 0
  while (same < written.length && meant[same] === written[same]) same++
  const [a, b] = [meant.slice(same), written.slice(same)]
  const isSwapped = a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2)
  return (
    isSwapped ||
    [
      [1, 0],
      [0, 1],
      [1, 1],
    ].some(([i, j]) => a.slice(i) === b.slice(j))
  )
}
