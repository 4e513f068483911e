// Several operations that belong together: all of them, or what was made is taken back.
import { ApiError } from './api-error.ts'

/** What `make` made. Where it was refused half-way, what there was is taken back; where that is refused too, both are told. */
export async function orTakenBack<Made>(
  make: () => Promise<Made>,
  takeBack: () => Promise<unknown>,
): Promise<Made> {
  try {
    return await make()
  } catch (refusal) {
    await takeBack().catch((rest: unknown) => {
      throw stillThere(refusal, rest)
    })
    throw refusal
  }
}

function stillThere(refusal: unknown, rest: unknown): unknown {
  if (!(refusal instanceof ApiError)) return refusal
  const why = rest instanceof Error ? ` ${rest.message}` : ''
  const message = `${refusal.message} A part of it was made before, and could not be taken back: it is still there.${why}`
  return new ApiError(refusal.code, message, refusal.status, refusal.requestId)
}
