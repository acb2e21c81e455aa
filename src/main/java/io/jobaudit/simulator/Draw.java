package io.jobaudit.simulator;

/** Pseudo-random numbers that depend on nothing but the arguments. */
final class Draw {

	private Draw() {
	}

	/** 64 evenly spread bits: FNV-1a over the text, then the finalizer of SplitMix64. */
	static long bits(long seed, String text, int attempt) {
		long hash = 0xcbf29ce484222325L ^ mix(mix(seed) + attempt);
		for (int i = 0; i < text.length(); i++) {
			hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
		}
		return mix(hash);
	}

	/** A number from 0 (inclusive) to 1 (exclusive). */
	static double share(long seed, String text, int attempt) {
		return (bits(seed, text, attempt) >>> 11) * 0x1.0p-53;
	}

	private static long mix(long value) {
		long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
		mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
		return mixed ^ (mixed >>> 31);
	}

}
