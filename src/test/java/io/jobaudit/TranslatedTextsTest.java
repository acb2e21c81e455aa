package io.jobaudit;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The Chinese texts are as complete as the English ones. */
class TranslatedTextsTest {

	private static final Properties ENGLISH = read("texts.properties");

	private static final Properties CHINESE = read("texts_zh_CN.properties");

	/** A value, with its position if it has one, and its format. */
	private static final Pattern VALUE = Pattern.compile("%(?:(\\d+)\\$)?([+,.0-9]*[a-z])");

	/** Names that Chinese readers use as they are. */
	private static final String NAMES = "job-audit|API|ID|SHA-256|SQL|MAD|HTTP|Token|Failed|tblSpend|SIGINT|SIGTERM"
			+ "|run --completeness|run-summary\\.json|audit\\.notify\\.mail\\.max-attachments";

	@Test
	void everyTextHasATranslationAndThereAreNoOthers() {
		assertThat(CHINESE.stringPropertyNames()).containsExactlyInAnyOrderElementsOf(ENGLISH.stringPropertyNames());
	}

	@ParameterizedTest
	@MethodSource("keys")
	void aTranslationHasTheValuesOfItsTextAndNoEnglishWords(String key) {
		String translation = CHINESE.getProperty(key, "");

		assertThat(values(translation)).isEqualTo(values(ENGLISH.getProperty(key)));
		assertThat(VALUE.matcher(translation).replaceAll("").replaceAll(NAMES, "")).doesNotContainPattern("[A-Za-z]");
	}

	@ParameterizedTest
	@EnumSource
	void theMeaningOfEachExitStatusIsTranslated(ExitStatus status) {
		assertThat(ReportTexts.EN.word(status.meaning())).isEqualTo(status.meaning());
		assertThat(ReportTexts.ZH_CN.word(status.meaning())).isNotEqualTo(status.meaning());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			new                | 新增
			1,234 still failing | 仍有 1,234 个失败
			(no type)          | （无类型）
			Executing          | Executing
			3 new              | 3 new
			(no way)           | (no way)
			New                | New
			""")
	void onlyWordsOfOursAreTranslated(String word, String translation) {
		assertThat(ReportTexts.ZH_CN.word(word)).isEqualTo(translation);
		assertThat(ReportTexts.EN.word(word)).isEqualTo(word);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			1. (no code)                    | 1. （无错误码）
			12. (no type), CC-1, CNY        | 12. （无类型）, CC-1, CNY
			1. NoVoice                      | 1. NoVoice
			""")
	void aMissingNameIsTranslatedInsideALabel(String label, String translation) {
		assertThat(ReportTexts.ZH_CN.label(label)).isEqualTo(translation);
	}

	@Test
	void aMissingNameIsTranslatedAsAValue() {
		assertThat(ReportTexts.ZH_CN.resolve("${figure.unusual-rate|(no type)}")).isEqualTo("（无类型） 的失败率");
	}

	static Stream<String> keys() {
		return ENGLISH.stringPropertyNames().stream().sorted().filter((key) -> !key.matches("language|mail.feishu"));
	}

	/** The formats of a text's values by their position. */
	private static TreeMap<Integer, String> values(String text) {
		TreeMap<Integer, String> formats = new TreeMap<>();
		int next = 1;
		for (MatchResult value : VALUE.matcher(text.replace("%%", "")).results().toList()) {
			formats.put((value.group(1) != null) ? Integer.parseInt(value.group(1)) : next++, value.group(2));
		}
		return formats;
	}

	private static Properties read(String file) {
		try (Reader reader = new StringReader(
				Files.readString(Path.of("src", "main", "resources", "io", "jobaudit", file)))) {
			Properties texts = new Properties();
			texts.load(reader);
			return texts;
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

}
