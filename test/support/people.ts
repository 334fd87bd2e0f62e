/** People who do not exist, and what they hold. */
export const cards = {
  /** 7 fields, as on the card of 2021. */
  an: '092090012345|361234567|Nguyễn Văn An|01011990|Nam|Khu vực 1, phường Hoa Sen|15042021',
  /** 11 fields, as on the card of 2024. */
  binh: '092195023456||Trần Thị Bình|15081995|Nữ|Khu vực 2, phường Hoa Sen|01072024||||',
} as const

export const phones = { an: '0900000101', binh: '0900000202' } as const
