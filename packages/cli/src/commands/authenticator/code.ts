// `twinlock authenticator code`: the code of a device, for a person at the terminal or for a script.
import { type ShownCode, codeOf, secondsUntil, withShown } from '../../authenticator/shown-code.ts'
import { VAULT_OPTIONS, type Vault, entryNamed, openVault } from '../../authenticator/vault.ts'
import { UsageError } from '../../command-errors.ts'
import { command } from '../../command.ts'
import { type Io, print, tell } from '../../io.ts'
import { sentenceOf } from '../../outside-errors.ts'

export const code = command({
  takes: ['NAME'],
  description: `Shows the code of the device NAME. On a terminal it comes with the seconds that are left;
into a pipe goes the code alone, so that this works:

  aws sts get-session-token --serial-number ARN --token-code "$(twinlock authenticator code NAME)"

A code is taken once. When it was shown before, a hint on stderr says so.`,
  options: {
    next: { type: 'boolean', help: 'the code of the next time step' },
    watch: { type: 'boolean', help: 'keep showing the running code until Ctrl-C' },
    json: {
      type: 'boolean',
      help: 'as JSON, with the time from which and until which it is valid',
    },
    ...VAULT_OPTIONS,
  },
  run: async ({ next, watch, json, ...place }, [name], io) => {
    if (name === undefined) throw new UsageError('which device? Give its NAME.')
    const show = { name, ahead: next === true ? 1 : 0, json: json === true }
    const vault = openVault(place, io)
    if (watch === true) await watchCode(vault, show, io)
    else await showCode(vault, show, io)
  },
})

type Show = { readonly name: string; readonly ahead: number; readonly json: boolean }

async function showCode(vault: Vault, show: Show, io: Io) {
  const shown = await handOut(vault, show, io)
  const now = io.clock.now()
  if (show.json) print(io, toJson(show.name, shown, now))
  else print(io, io.stdout.isTTY === true ? forPeople(shown, now) : shown.code)
  if (shown.again) tell(io, hint(shown, now))
}

/** One line on a terminal, redrawn each second; elsewhere a line for each code. */
async function watchCode(vault: Vault, show: Show, io: Io) {
  const interruption = io.interruption()
  const redraws = io.stdout.isTTY === true && !show.json
  while (!interruption.aborted) {
    const shown = await handOut(vault, show, io)
    const turn = show.ahead === 0 ? shown.validUntil : shown.validFrom
    if (!redraws) print(io, show.json ? toJson(show.name, shown, io.clock.now()) : shown.code)
    while (!interruption.aborted && io.clock.now() < turn) {
      const now = io.clock.now()
      if (redraws) io.stdout.write(`\r\x1b[K${forPeople(shown, now)}`)
      const rest = turn.getTime() - now.getTime()
      await io.clock.wait(redraws ? Math.min(rest, 1000) : rest, interruption)
    }
  }
  if (redraws) io.stdout.write('\n')
}

/** The code, after the vault was told that it is shown. A vault that can't be written shows it all the same. */
async function handOut(vault: Vault, { name, ahead }: Show, io: Io): Promise<ShownCode> {
  let shown: ShownCode | undefined
  try {
    await vault.update(entries => {
      const entry = entryNamed(name, entries)
      // Told only now: the passphrase may have taken a while to type.
      const now = io.clock.now()
      shown = codeOf(entry, now, ahead)
      const { step } = shown
      return entries.map(one => (one === entry ? withShown(entry, step, now) : one))
    })
  } catch (error) {
    const reason = sentenceOf(error)
    if (reason === undefined) throw error
    tell(io, `twinlock: it is not remembered that this code was shown: ${reason}`)
  }
  return shown ?? codeOf(entryNamed(name, await vault.read()), io.clock.now(), ahead)
}

function forPeople({ code, validFrom, validUntil }: ShownCode, now: Date) {
  return validFrom > now
    ? `${code}  (valid in ${secondsUntil(validFrom, now)} s)`
    : `${code}  (${secondsUntil(validUntil, now)} s left)`
}

function hint({ validFrom, validUntil }: ShownCode, now: Date) {
  return validFrom > now
    ? `This code was shown before, and a code is taken once: wait ${secondsUntil(validUntil, now)} s for the one after it.`
    : `This code was shown before, and a code is taken once: wait ${secondsUntil(validUntil, now)} s, or take the next one with --next.`
}

function toJson(name: string, { code, validFrom, validUntil, again }: ShownCode, now: Date) {
  return JSON.stringify({
    name,
    code,
    secondsLeft: secondsUntil(validUntil, now),
    validFrom: validFrom.toISOString(),
    validUntil: validUntil.toISOString(),
    shownBefore: again,
  })
}
