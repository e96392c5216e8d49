/** Who a login says it was, as ID-porten, BankID and others write it; and dates that numbers carry. */
import { describe, expect, it } from 'vitest';
import { bornBy, personIn } from '../../../electron/eid/login/person.ts';

const names = { name: 'name', birthDate: 'birthdate', nationalId: 'pid' };
const person = (claims: Record<string, unknown>, more: Partial<typeof names> = {}) =>
  personIn({ sub: 'x', ...claims } as never, { ...names, ...more });

describe('the person of a login', () => {
  it('is named as people write names', () => {
    expect(person({ name: 'Kari Nordmann' }).name).toBe('Kari Nordmann');
    // BankID writes them as in its certificates.
    expect(person({ name: 'Nordmann, Kari Anne' }).name).toBe('Kari Anne Nordmann');
    expect(person({ name: 'Nordmann, Kari, jr.' }).name).toBe('Nordmann, Kari, jr.');
    expect(person({ given_name: 'Kari', family_name: 'Nordmann' }).name).toBe('Kari Nordmann');
    expect(person({ family_name: 'Nordmann' }).name).toBe('Nordmann');
    // ID-porten gives none.
    expect(person({ pid: '12857910093' }).name).toBe('');
    expect(person({ name: 'x'.repeat(500) }).name).toHaveLength(200);
  });

  it('has the number and the date, each only where it is one', () => {
    expect(person({ pid: '12857910093' })).toMatchObject({
      ...{ nationalId: '12857910093', birthDate: '1979-05-12' },
    });
    for (const pid of ['1285791009', '128579100931', '12857 910093', 'x', 12857910093, null, ''])
      expect(person({ pid }), String(pid)).toMatchObject({ nationalId: null, birthDate: null });
    expect(person({ birthdate: '1979-05-12' })).toMatchObject({
      ...{ nationalId: null, birthDate: '1979-05-12' },
    });
    for (const birthdate of ['12.05.1979', '1979', '1979-5-12', ['1979-05-12']])
      expect(person({ birthdate }).birthDate, String(birthdate)).toBeNull();
    // What the provider says stands before what the number says.
    expect(person({ pid: '12857910093', birthdate: '1979-05-13' }).birthDate).toBe('1979-05-13');
  });

  it('is read from the claims that the office names, and from no inherited one', () => {
    const claims = { nnin: '12857910093', navn: 'Kari Nordmann', født: '1979-05-12' };
    expect(person(claims, { name: 'navn', birthDate: 'født', nationalId: 'nnin' })).toEqual({
      ...{ name: 'Kari Nordmann', birthDate: '1979-05-12', nationalId: '12857910093' },
    });
    expect(person({ pid: '12857910093' }, { nationalId: '' }).nationalId).toBeNull();
    expect(person({}, { name: 'constructor', nationalId: 'toString' })).toEqual({
      ...{ name: '', birthDate: null, nationalId: null },
    });
  });
});

describe('the birth date behind a number', () => {
  it.each([
    // The third of the individual numbers tells the century.
    ['12057910093', '1979-05-12'],
    ['01010050000', '2000-01-01'],
    ['01013999900', '2039-01-01'],
    ['01015450000', '1854-01-01'],
    ['01015490000', '1954-01-01'],
    // D-numbers add 40 to the day; numbers to test with 40, 65 or 80 to the month.
    ['52057910093', '1979-05-12'],
    ['12457910093', '1979-05-12'],
    ['12707910093', '1979-05-12'],
    ['12857910093', '1979-05-12'],
    ['52857910093', '1979-05-12'],
    ['29020050000', '2000-02-29'],
  ])('of %s is %s', (number, born) => {
    expect(bornBy(number)).toBe(born);
  });

  it.each(['31027910093', '00017910093', '12137910093', '29020150000', '99997910093'])(
    'is none where %s has none',
    (number) => {
      expect(bornBy(number)).toBeNull();
    },
  );
});
