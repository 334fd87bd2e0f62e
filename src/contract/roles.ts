/** Who stands before the machine. `nobody` is the idle machine: whoever touches it next is a citizen. */
export const roles = ['nobody', 'citizen', 'officer', 'operator', 'technician'] as const
export type Role = (typeof roles)[number]

export const languages = ['vi', 'en', 'km'] as const
export type Language = (typeof languages)[number]
