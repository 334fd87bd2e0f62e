import { z } from 'zod'
import type { ScreenName } from '../screen.ts'
import { citizen, intention, staff } from './intention.ts'

const withInput: readonly ScreenName[] = [
  'identifyTyped',
  'ownerTyped',
  'phone',
  'phoneAgain',
  'phoneCode',
  'secret',
  'procedures',
  'collectTyped',
  'staffPin',
  'queueHandOver',
  'queueSecondPin',
  'testDoorSecondPin',
  'offListSecondPin',
]

/** The field that is being typed. */
export const inputIntentions = {
  set: intention([...citizen, 'nobody', ...staff], withInput, { value: z.string().max(200) }),
  submit: intention([...citizen, 'nobody', ...staff], withInput, {}),
} as const
