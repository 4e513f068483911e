// How far a device's clock is off, for people: no finer than two codes can tell.

const MINUTE = 60

/** @param seconds that it is ahead; negative: behind; 0 for what codes cannot tell from right */
export function clockSentence(deviceName: string, seconds: number): string {
  if (seconds === 0) return `${deviceName} is in step: its clock is right.`
  const direction = seconds > 0 ? 'ahead' : 'behind'
  return `${deviceName} is in step again. Its clock is about ${duration(Math.abs(seconds))} ${direction}, which is taken into account from now on.`
}

function duration(seconds: number): string {
  return seconds < 2 * MINUTE
    ? `${Math.round(seconds / 10) * 10} seconds`
    : `${Math.round(seconds / MINUTE)} minutes`
}
