// Secret access keys: forty characters of the base64 alphabet, as AWS's are.
import type { Random } from './random.ts'

const SECRET_BYTES = 30

export const newSecretAccessKey = (random: Random) => random(SECRET_BYTES).toString('base64')
