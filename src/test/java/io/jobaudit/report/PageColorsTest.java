package io.jobaudit.report;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import io.jobaudit.report.definition.ChartDefinition.ChartColor;
import io.jobaudit.report.definition.YamlValue;
import io.jobaudit.report.table.CellLook;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every text is readable and every bar visible: in light mode, in dark mode and on paper.
 */
class PageColorsTest {

	private static final double READABLE = 4.5;

	private static final double VISIBLE = 3;

	@TempDir
	private static Path directory;

	private static final List<ReadPage> PAGES = new ArrayList<>();

	@BeforeAll
	static void write() {
		DataSource database = TestPostgres.migratedDatabase();
		ReportWriter writer = new ReportWriter(database, ReportSettings.of(directory, ZoneId.of("UTC")));
		PAGES.add(ReadPage.of(writer.write(RealisticRun.seed(database, 300), () -> false)));
		// A run with a line that nothing accounts for has a check that fails.
		RunId broken = new RunSeed(database).item("a1", null, Map.of()).runId();
		PAGES.add(ReadPage.of(writer.write(broken, () -> false)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "prefers-color-scheme: dark", "print" })
	void everyTextStandsOutFromWhatIsBehindIt(String medium) {
		for (ReadPage page : PAGES) {
			PageStyle style = PageStyle.of(page, medium);
			List<Element> texts = page.all("*").filter(PageColorsTest::hasText).toList();
			assertThat(texts).hasSizeGreaterThan(50);
			assertThat(texts).allSatisfy((text) -> {
				String ink = style.value(text, text.getTagName().equals("text") ? "fill" : "color");
				String paper = style.value(text, "background");
				assertThat(PageStyle.contrast(ink, paper)).as("%s on %s", ink, paper).isGreaterThanOrEqualTo(READABLE);
			});
		}
	}

	@Test
	void theColoursOfChartsStandOutFromThePage() {
		assertThat(Stream.of(ChartColor.values())).allSatisfy((hue) -> {
			assertThat(PageStyle.contrast("#" + hue.solid(), "#FFFFFF")).isGreaterThanOrEqualTo(VISIBLE);
			PageStyle dark = PageStyle.of(PAGES.get(0), "prefers-color-scheme: dark");
			assertThat(PageStyle.contrast(dark.declared("." + YamlValue.name(hue), "color"),
					dark.declared(".workbook", "background")))
				.isGreaterThanOrEqualTo(VISIBLE);
		});
	}

	@Test
	void byDayTheColoursAreTheWorkbooks() {
		List<String> palette = new ArrayList<>(List.of(CellLook.Colors.NAVY, CellLook.Colors.PALE, CellLook.Colors.INK,
				CellLook.Colors.GREY, CellLook.Colors.LINE, CellLook.Colors.WHITE, CellLook.LINK.ink()));
		Stream.of(ChartColor.values()).forEach((hue) -> palette.addAll(List.of(hue.ink(), hue.tint())));
		assertThat(PageStyle.of(PAGES.get(0), "").colors())
			.isSubsetOf(palette.stream().map((rgb) -> "#" + rgb).toList());
	}

	/** Whether something is drawn on it. */
	private static boolean hasText(Element element) {
		if (List.of("html", "head", "style", "title", "desc").contains(element.getTagName())) {
			return false;
		}
		for (int index = 0; index < element.getChildNodes().getLength(); index++) {
			if (element.getChildNodes().item(index) instanceof org.w3c.dom.Text text && !text.getData().isBlank()) {
				return true;
			}
		}
		return false;
	}

}
