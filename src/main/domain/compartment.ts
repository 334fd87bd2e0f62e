/** States of a compartment row. `drop` ones use the first half, `result` ones the second; all may end in the last. */
export const compartmentStates = [
  'empty',
  'reserved', // drop: a sealed dossier is on its way in
  'occupied', // drop: a bag lies inside
  'emptying', // drop: an officer opened it
  'assigned', // result: an officer is putting an envelope in
  'stocked', // result: an envelope lies inside, a right exists
  'opening', // result: the pulse may have been sent
  'opened', // result: the switch was seen open
  'expired', // result: the right ran out, an officer takes it back
  'suspect', // door left open, jammed, or sensor in doubt: out of service
  'unknown', // nobody saw what happened: an officer settles it
] as const
export type CompartmentState = (typeof compartmentStates)[number]
