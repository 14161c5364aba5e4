/** Background of each word of a Status column: grey waits, yellow and red need a person, green is decided, blue is done. */
export const statusColours: Readonly<Record<string, string>> = {
  new: '#eeeeee',
  auto: '#e6f4ea',
  flagged: '#fef7cd',
  approved: '#ceead6',
  excluded: '#dddddd',
  invoiced: '#d2e3fc',
  draft: '#eeeeee',
  held: '#fef7cd',
  pushing: '#e8eaf6',
  pushed: '#d2e3fc',
  failed: '#fad2cf',
  paid: '#b7d7f5',
  voided: '#dddddd',
};
