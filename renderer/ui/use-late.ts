import { useEffect, useState } from 'react';

/** In milliseconds: what is there sooner needs no words about it. */
const moment = 400;

/** Whether something has been waited for so long that it is said. */
export function useLate(waiting: boolean): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!waiting) return;
    const timer = setTimeout(() => {
      setLate(true);
    }, moment);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [waiting]);
  return waiting && late;
}
