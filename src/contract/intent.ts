import type { InferContractRouterInputs } from '@orpc/contract'
import type { Contract } from './contract.ts'

type Inputs = InferContractRouterInputs<Contract>

/** Every intention of the contract as one union: its place (`intake.acceptNotice`) and its input. */
export type Intent = {
  [Group in keyof Inputs & string]: {
    [Name in keyof Inputs[Group] & string]: {
      readonly path: `${Group}.${Name}`
      readonly input: Omit<NonNullable<Inputs[Group][Name]>, 'screenId'>
    }
  }[keyof Inputs[Group] & string]
}[Exclude<keyof Inputs & string, 'snapshot' | 'picture'>]

export type IntentPath = Intent['path']
