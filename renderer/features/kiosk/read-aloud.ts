/**
 * Reading aloud, only with a voice that lives on this machine: others send the text away to be spoken.
 */
import { useCallback, useEffect, useState } from 'react';

const tongues = { nb: ['nb', 'no', 'nn'], nn: ['nn', 'nb', 'no'], en: ['en'] } as const;

function localVoice(language: 'nb' | 'nn' | 'en'): SpeechSynthesisVoice | null {
  if (!('speechSynthesis' in window)) return null;
  const local = speechSynthesis.getVoices().filter((voice) => voice.localService);
  for (const tongue of tongues[language]) {
    const voice = local.find((each) => each.lang.toLowerCase().startsWith(tongue));
    if (voice !== undefined) return voice;
  }
  return null;
}

export interface ReadAloud {
  /** False where the machine has no voice of its own for the language: then there is no button. */
  readonly possible: boolean;
  readonly speaking: boolean;
  /** Speaks paragraph by paragraph; `onEnd` after the last one was spoken to its end. */
  readonly start: (paragraphs: readonly string[], onEnd: () => void) => void;
  readonly stop: () => void;
}

export function useReadAloud(language: 'nb' | 'nn' | 'en'): ReadAloud {
  const [voice, setVoice] = useState<SpeechSynthesisVoice | null>(null);
  const [speaking, setSpeaking] = useState(false);
  useEffect(() => {
    if (!('speechSynthesis' in window)) return;
    const look = () => {
      setVoice(localVoice(language));
    };
    look();
    speechSynthesis.addEventListener('voiceschanged', look);
    return () => {
      speechSynthesis.removeEventListener('voiceschanged', look);
      speechSynthesis.cancel();
    };
  }, [language]);
  const stop = useCallback(() => {
    if ('speechSynthesis' in window) speechSynthesis.cancel();
    setSpeaking(false);
  }, []);
  const start = useCallback(
    (paragraphs: readonly string[], onEnd: () => void) => {
      if (voice === null) return;
      speechSynthesis.cancel();
      setSpeaking(true);
      for (const [index, paragraph] of paragraphs.entries()) {
        const words = new SpeechSynthesisUtterance(paragraph);
        words.voice = voice;
        words.lang = voice.lang;
        words.rate = 0.95;
        if (index === paragraphs.length - 1) {
          words.addEventListener('end', () => {
            setSpeaking(false);
            onEnd();
          });
        }
        words.addEventListener('error', () => {
          setSpeaking(false);
        });
        speechSynthesis.speak(words);
      }
    },
    [voice],
  );
  return { possible: voice !== null, speaking, start, stop };
}
