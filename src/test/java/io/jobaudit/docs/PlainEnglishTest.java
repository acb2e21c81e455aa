package io.jobaudit.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.jobaudit.cli.CommandLineAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every text that a person reads is plain English: messages, log lines and other string
 * literals, help and manual, sheets, charts, page and mail, pages of documentation, and
 * the comments of {@code config/} and of the database, which the page on the schema
 * repeats.
 */
class PlainEnglishTest {

	private static final Pattern LITERAL = Pattern.compile("(?s)\"\"\"(.*?)\"\"\"|\"((?:[^\"\\\\\\n]|\\\\.)*)\"");

	/** A comment, or a character that would open a string. */
	private static final Pattern NO_LITERAL = Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*|'(?:\\\\.|[^'\\\\])'");

	@Test
	void everyTextIsPlainEnglish() throws IOException {
		assertThat(faults(texts())).isEmpty();
	}

	@Test
	void noLiteralNamesATypeOfJava() throws IOException {
		Map<String, String> literals = new TreeMap<>(literals());
		// By reflection, and the name of a log's category.
		literals.computeIfPresent("src/main/java/io/jobaudit/cli/StopSignals.java",
				(file, text) -> text.replaceAll("sun\\.misc\\.Signal(Handler)?", ""));
		List<String> faults = new ArrayList<>();
		literals.forEach((file, text) -> PlainEnglish.javaNames(text)
			.stream()
			.filter((fault) -> !fault.contains("better: a phrase"))
			.forEach((fault) -> faults.add(file + ": " + fault)));

		assertThat(faults).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "the run goes on", "settings that there are not", "whom a job is booked to", "read anew",
			"nobody was told", "the reports stand in reports/", "the database is away", "mend the input" })
	void aPhraseThatIsPutBackIsFound(String text) {
		assertThat(PlainEnglish.faults("job-audit: " + text)).isNotEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "ERROR: permission denied for schema audit Position: 14",
			"cannot convert '2026-13' to class java.time.YearMonth", "NoSuchFileException /nonexist/x.csv",
			"line 1 of ids.csv: \"x\" is BAD_CHARACTER" })
	void aNameOfJavaIsFound(String text) {
		assertThat(PlainEnglish.javaNames(text)).isNotEmpty();
	}

	private static Map<String, String> texts() throws IOException {
		Map<String, String> texts = new TreeMap<>(literals());
		texts.put("the manual page", CommandLineAccess.manualPage());
		for (Page page : Page.all()) {
			texts.put(page.toString(), page.text());
		}
		for (String directory : List.of("config", "sql/report", "src/main/resources")) {
			try (Stream<Path> files = Files.walk(Path.of(directory))) {
				for (Path file : files.filter(Files::isRegularFile).toList()) {
					texts.put(file.toString(), Files.readString(file));
				}
			}
		}
		return texts;
	}

	/** The string literals of each source file. */
	private static Map<String, String> literals() throws IOException {
		Map<String, String> literals = new TreeMap<>();
		try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
			for (Path file : files.filter((path) -> path.toString().endsWith(".java")).toList()) {
				StringBuilder text = new StringBuilder();
				Matcher found = Pattern.compile(NO_LITERAL + "|" + LITERAL).matcher(Files.readString(file));
				while (found.find()) {
					String literal = (found.group(1) != null) ? found.group(1) : found.group(2);
					text.append((literal != null) ? literal + "\n" : "");
				}
				literals.put(file.toString(), text.toString());
			}
		}
		return literals;
	}

	private static List<String> faults(Map<String, String> texts) {
		List<String> faults = new ArrayList<>();
		texts.forEach((name, text) -> PlainEnglish.faults(text).forEach((fault) -> faults.add(name + ": " + fault)));
		return faults;
	}

}
