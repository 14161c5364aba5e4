import { describe, expect, it } from 'vitest';
import { checkedParts, filledParts } from '../../src/sidebar/split.ts';

const part = (hours: string, line = 'L', typed = hours !== '') => ({ line, hours, typed });

describe('the form of a split', () => {
  it.each([
    [2, [part('1.25'), part('')], '0.75'],
    [2, [part('1.3333'), part('')], '0.6667'],
    [2, [part(''), part('')], ''],
    [2, [part('2'), part('')], ''],
    [2, [part('99'), part('')], ''],
    [-2, [part('-1.5'), part('')], '-0.5'],
    [2, [part('1'), part('0.4')], '0.4'],
    [2, [part('1'), part('', 'L', true)], ''],
  ])('%s h: the last part takes what is left unless somebody typed', (whole, parts, last) => {
    expect(filledParts(whole, parts).at(-1)?.hours).toBe(last);
  });

  it.each([
    [2, ['1', '0.5'], '0.5 h still to place.'],
    [2, ['99', ''], '97 h too many.'],
    [2, ['1.99999', '0.00001'], 'Part 2 needs hours above 0; four decimals count.'],
    [2, ['2', ''], 'Part 2 has no hours.'],
    [2, ['3', '-1'], 'Part 2 needs hours above 0; four decimals count.'],
    [-2, ['-1', '-0.5'], '-0.5 h still to place.'],
    [-2, ['-1', '1'], 'Part 2 needs hours below 0; four decimals count.'],
  ])('%s h as %j: %s', (whole, hours, problem) => {
    expect(
      checkedParts(
        whole,
        hours.map((text) => part(text)),
      ),
    ).toEqual({ ok: false, problem });
  });

  it('sends what the server counts, and asks for a missing line', () => {
    expect(checkedParts(0.3, [part('0.1'), part('0.20001')])).toEqual({
      ok: true,
      parts: [
        { line: 'L', hours: 0.1 },
        { line: 'L', hours: 0.2 },
      ],
    });
    expect(checkedParts(2, [part('1'), part('1', '')])).toMatchObject({
      problem: expect.stringContaining('line of part 2'),
    });
  });
});
