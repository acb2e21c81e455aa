package io.jobaudit.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What no text for a person may contain, and what to write instead. */
public final class PlainEnglish {

	/** Words that readers stumble over. */
	private static final Map<Pattern, String> PHRASES = Map.ofEntries(phrase("anew", "again"),
			phrase("mend(s|ed|ing)?", "fix"), phrase("whom", "a sentence without it"),
			phrase("tells?|told|telling", "say, report"), phrase("stands?|standing|stood", "is"),
			phrase("go(es|ing)? on|gone on", "continue, resume"), phrase("there (is|are) not?", "unknown, missing"),
			phrase("puts? up with", "tolerate, allow"),
			phrase("is (away|ill|well)", "is unavailable, failing, healthy"),
			phrase("(the )?one that", "a shorter sentence"), phrase("politely", "gracefully"),
			phrase("nobody|somebody", "no one in particular: name the reader or the thing"));

	/** What Java says and an operator cannot use. */
	private static final Map<Pattern, String> JAVA = Map.of(Pattern.compile("Position: \\d+"), "the query's line",
			Pattern.compile("\\b(java|javax|jakarta|org|com|io)(\\.[a-z]\\w*)+\\.[A-Z]\\w+"), "what is wrong, in words",
			Pattern.compile("\\b(?!InternalError)[A-Z][a-z]+\\w*(Exception|Error)\\b(?!\\.)"),
			"what is wrong, in words",
			Pattern.compile("\\b(BAD_CHARACTER|TOO_LONG|SHORT_ROW|NOT_FINAL|AWAY|TERMINATED)\\b"), "a phrase");

	private PlainEnglish() {
	}

	/**
	 * The phrases of a text that are not plain English, each with what to write instead.
	 */
	static List<String> faults(String text) {
		return found(PHRASES, text);
	}

	/** Names of Java that a text lets through to its reader. */
	public static List<String> javaNames(String text) {
		return found(JAVA, text);
	}

	private static List<String> found(Map<Pattern, String> banned, String text) {
		List<String> faults = new ArrayList<>();
		banned.forEach((pattern, better) -> {
			Matcher found = pattern.matcher(text);
			while (found.find()) {
				String around = text.substring(Math.max(0, found.start() - 40),
						Math.min(text.length(), found.end() + 40));
				faults.add("\"%s\" (better: %s) in: ...%s...".formatted(found.group(), better,
						around.replaceAll("\\s+", " ")));
			}
		});
		return faults;
	}

	private static Map.Entry<Pattern, String> phrase(String words, String better) {
		return Map.entry(Pattern.compile("(?i)\\b(" + words + ")\\b"), better);
	}

}
