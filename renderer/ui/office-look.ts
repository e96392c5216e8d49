/** The office's logo and colour, for the screens that are in public view. */
import type { OfficeLook } from '../../shared/office-look.ts';
import { noLook } from '../../shared/office-look.ts';
import { createContext } from 'react';
import { useCall } from '../host/client.ts';

/** For every screen of a sitting: asked for once. */
export const OfficeLookContext = createContext<OfficeLook>(noLook);

/** Skranke's own until the answer is here. */
export function useOfficeLook(): OfficeLook {
  const { value } = useCall('office.look', {}, (event) => event.type === 'settings.changed');
  return value ?? noLook;
}

export function logoAddress(logo: string): string {
  return `data:image/png;base64,${logo}`;
}
