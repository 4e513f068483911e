// Two codes that follow each other: they prove that somebody holds the device, and tell how far its clock is off.
import Box from '@cloudscape-design/components/box'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { CodeField, isCode } from './code-field.tsx'
import type { Codes } from './enroller.ts'
import { NextCode } from './next-code.tsx'
import { stepOf } from './time-step.ts'

export type TwoCodesState = {
  readonly first: string
  readonly second: string
  /** The time step in which the first code was complete. */
  readonly since: number | undefined
}

export const NO_CODES: TwoCodesState = { first: '', second: '', since: undefined }

export const useTwoCodes = () => useState(NO_CODES)

export function TwoCodes({
  codes,
  ofToken = false,
  onChange,
}: {
  readonly codes: TwoCodesState
  /** Of a hardware token: how long it shows a code is not known here. */
  readonly ofToken?: boolean
  readonly onChange: (codes: TwoCodesState) => void
}) {
  const { first, second, since } = codes
  return (
    <SpaceBetween size="m">
      <CodeField
        label="MFA code 1"
        value={first}
        onChange={value =>
          onChange({
            ...codes,
            first: value,
            since: isCode(value) ? stepOf(Date.now()) : undefined,
          })
        }
      />
      {ofToken ? <NextCodeOfToken /> : <NextCode since={since} />}
      <CodeField
        label="MFA code 2"
        value={second}
        onChange={value => onChange({ ...codes, second: value })}
      />
    </SpaceBetween>
  )
}

function NextCodeOfToken() {
  return (
    <Box color="text-body-secondary" fontSize="body-s">
      Then wait until the token shows its next code, which takes up to a minute.
    </Box>
  )
}

/** What is wrong with the two codes, or undefined. */
export function problemOfCodes({ first, second }: TwoCodesState): string | undefined {
  if (!isCode(first) || !isCode(second))
    return 'Enter two codes that follow each other, each of six to eight digits.'
  if (first === second)
    return 'The two codes are the same. Wait for the next one and enter it as MFA code 2.'
  return undefined
}

export const codesOf = ({ first, second }: TwoCodesState): Codes => [first, second]
