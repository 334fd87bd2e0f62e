import type { Person } from '../../contract/province/sealed.ts'

/** Numbers of LoaiDoiTuong, which every system counts in its own way. */
export interface ObjectTypes {
  readonly citizen: string
  readonly organisation: string
}

export const dvcqgObjectTypes: ObjectTypes = { citizen: '1', organisation: '2' }
export const igateObjectTypes: ObjectTypes = { citizen: '0', organisation: '1' }

export function objectTypeOf(types: ObjectTypes, { kind }: Pick<Person, 'kind'>): string {
  return kind === 'organisation' ? types.organisation : types.citizen
}
