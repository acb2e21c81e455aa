package io.jobaudit.report.openxml;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Each rule finds its kind of damage, and nothing in a good workbook. */
class OpenXmlCheckTest {

	private static final String DAYS = "xl/worksheets/sheet1.xml";

	private static final String STREAMED = "xl/worksheets/sheet2.xml";

	private static final String BOOK = "xl/workbook.xml";

	@TempDir
	private Path directory = Path.of("");

	private Path good = Path.of("");

	@BeforeEach
	void writeGoodWorkbook() throws IOException {
		this.good = this.directory.resolve("good.xlsx");
		GoodWorkbook.write(this.good);
	}

	@Test
	void aGoodWorkbookHasNoFault() throws IOException {
		assertThat(OpenXmlCheck.faults(this.good)).isEmpty();
	}

	@ParameterizedTest(name = "{3}: {1} in {0}")
	@MethodSource("damages")
	void aDamageIsSeen(String part, String damaged, String by, String fault) throws IOException {
		// given
		Path bad = damage(part, damaged, by);
		// then
		assertThat(OpenXmlCheck.faults(bad)).anySatisfy((found) -> assertThat(found).contains(part).contains(fault));
	}

	static Stream<Arguments> damages() {
		return Stream.of(damage(DAYS, "</sheetData>", "", "is not well-formed"),
				damage(STREAMED, "text 1", "a & b", "is not well-formed"),
				damage(STREAMED, "text 1", "&#1;", "has the character U+0001 that XML refuses"),
				damage(STREAMED, "text 1", "&#xFFFE;", "has the character U+FFFE that XML refuses"),
				damage(STREAMED, "text 1", "\uFFFF", "has the character U+FFFF that XML refuses"),
				damage(STREAMED, "text 1", "a_x000D_", "holds _x000D_, which is read as one character"),
				damage(STREAMED, "text 1", "t".repeat(32_768), "holds a text of 32768 characters"),
				damage(STREAMED, "<c r=\"B2\"[^>]*>.*?</c>", "$0$0", "B2: is out of order"),
				damage(STREAMED, "r=\"A2\"", "r=\"C2\"", "B2: is out of order"),
				damage(STREAMED, "r=\"A2\"", "r=\"A3\"", "A3: is not in its row"),
				damage(STREAMED, "r=\"A2\"", "r=\"XFE2\"", "is right of the last possible column"),
				damage(STREAMED, "<row r=\"3\"", "<row r=\"2\"", "has the row 2 out of order"),
				damage(STREAMED, "<row r=\"3\"", "<row r=\"1048577\"", "has the row 1048577 below the last possible"),
				damage(STREAMED, "<dimension ref=\"[A-Z0-9:]+\"", "<dimension ref=\"A1\"",
						"outside of the sheet's dimension"),
				damage(STREAMED, "<c r=\"A2\"", "<c s=\"99\" r=\"A2\"", "has the style 99 that is not there"),
				damage(STREAMED, "<v>1.0</v>", "<v>NaN</v>", "holds \"NaN\" as a number"),
				damage(DAYS, "<v>0<", "<v>99<", "has the shared text 99 that is not there"),
				damage(DAYS, "<v>1.0</v>", "<f>1+1</f><v>2</v>", "has the formula 1+1, which we did not write"),
				damage(DAYS, "HYPERLINK\\(\"#'All jobs'!A2\"", "HYPERLINK(\"https://x\"", "which we did not write"),
				damage(DAYS, "<v>more</v>", "", "has a formula without a value"),
				damage(DAYS, "<v>more</v>", "<v>less</v>", "has a formula whose value is another"),
				damage(DAYS, "'All jobs'!A2", "'No jobs'!A2", "refers to the sheet \"No jobs\" that is not there"),
				damage(DAYS, "'All jobs'!A2", "'All jobs'!A9", "leads below the last row of \"All jobs\""),
				damage(DAYS, "t=\"str\"", "t=\"e\"", "has the type e, which we do not write"),
				damage(DAYS, "<f>.*</f>", "", "has the result of a formula, but none"),
				damage(DAYS, "A7:B7", "B6:C7", "has merged cells that overlap"),
				damage(DAYS, "A7:B7", "B7:A7", "which is no place"),
				damage(DAYS, "<autoFilter ref=\"A1:C4\"/>", "", "has no filter, but the hidden name"),
				damage(DAYS, "<autoFilter ref=\"A1:C4\"", "<autoFilter ref=\"A1:B4\"", "does not repeat"),
				damage(DAYS, "priority=\"2\"", "priority=\"1\"", "has the priority 1 of conditional formats twice"),
				damage(DAYS, "dxfId=\"0\"", "dxfId=\"7\"", "has a conditional format whose look 7 is not there"),
				damage(DAYS, "<autoFilter[^>]*>(.*?</mergeCells>)", "$1$0", "out of order"),
				damage(DAYS, "<col min=\"2\" max=\"2\"", "<col min=\"1\" max=\"2\"", "has widths that overlap"),
				damage(DAYS, "width=\"20.0\"", "width=\"256.0\"", "has a column wider than 255"),
				damage(DAYS, "LFooter", "L" + "f".repeat(254), "has a footer of more than 255 characters"),
				damage(DAYS, "<pageMargins",
						"<hyperlinks>" + "<hyperlink ref=\"A1\" location=\"A1\"/>".repeat(65_531)
								+ "</hyperlinks><pageMargins",
						"has more than 65530 hyperlinks"),
				damage(DAYS, "<drawing r:id=\"rId1\"", "<drawing r:id=\"rId9\"",
						"uses the relationship rId9 that it has not"),
				damage("xl/worksheets/sheet3.xml", "<pageMargins", "<autoFilter ref=\"A1:A3\"/><pageMargins",
						"has a table that overlaps the filter"),
				damage("xl/worksheets/sheet3.xml", "<tableParts.*</tableParts>", "", "does not name the tables"),
				damage("xl/worksheets/_rels/sheet1.xml.rels", "drawing1.xml", "drawing9.xml",
						"leads to xl/drawings/drawing9.xml that is not there"),
				damage("xl/worksheets/_rels/sheet1.xml.rels", "/>", " TargetMode=\"External\"/>",
						"leads out of the workbook"),
				damage("xl/drawings/_rels/drawing1.xml.rels", "chart1.xml", "chart9.xml", "that is not there"),
				damage("xl/charts/chart1.xml", "Days!\\$A\\$2:\\$A\\$4", "Nights!\\$A\\$2:\\$A\\$4",
						"refers to the sheet \"Nights\" that is not there"),
				damage("xl/charts/chart1.xml", "Days!\\$A\\$2:\\$A\\$4", "Days!\\$A\\$5:\\$A\\$7",
						"shows rows below the last of \"Days\""),
				damage("xl/charts/chart1.xml", "Days!\\$A\\$2:\\$A\\$4", "Days!\\$A\\$1:\\$A\\$3",
						"shows the header of \"Days\""),
				damage("xl/charts/chart1.xml", "Days!\\$A\\$2:\\$A\\$4", "Days!\\$A\\$2:\\$A\\$3",
						"remembers 3 points"),
				damage("xl/styles.xml", "fontId=\"0\"", "fontId=\"7\"", "has no fontId 7"),
				damage("xl/styles.xml", "numFmtId=\"0\"", "numFmtId=\"199\"", "has no number format 199"),
				damage(BOOK, "name=\"All jobs\"", "name=\"days\"", "has the sheet \"days\" twice"),
				damage(BOOK, "name=\"All jobs\"", "name=\"" + "n".repeat(32) + "\"", "of 32 characters"),
				damage(BOOK, "name=\"All jobs\"", "name=\"All:jobs\"",
						"has the sheet name \"All:jobs\" that is refused"),
				damage(BOOK, ">Days!", ">Nights!", "refers to the sheet \"Nights\" that is not there"),
				damage(BOOK, ">Days!", ">'All jobs'!", "refers to another sheet than its own"),
				damage(BOOK, ">Days![^<]*<", ">#REF!<", "refers to \"#REF!\", which is no place"),
				damage(BOOK, "hidden=\"true\"", "", "is not hidden"),
				damage(BOOK, "localSheetId=\"0\"", "localSheetId=\"5\"", "belongs to a sheet that is not there"),
				damage(BOOK, "<definedName .*</definedName>", "$0$0", "is there twice"));
	}

	@Test
	void aPartWithoutATypeIsSeen() throws IOException {
		assertThat(OpenXmlCheck.faults(damage("[Content_Types].xml", "<Override [^>]*chart1.xml\"/>", "")))
			.containsExactly("[Content_Types].xml: has no type of xl/charts/chart1.xml");
	}

	@Test
	void aFilterWithoutItsNameIsSeen() throws IOException {
		assertThat(OpenXmlCheck.faults(damage(BOOK, "<definedNames>.*</definedNames>", "")))
			.containsExactly(DAYS + ": has a filter that the hidden name _FilterDatabase does not repeat");
	}

	@Test
	void aPartThatIsGoneIsSeenFromAllSides() throws IOException {
		assertThat(OpenXmlCheck.faults(damage("xl/drawings/drawing1.xml", null, ""))).contains(
				"[Content_Types].xml: names the part xl/drawings/drawing1.xml that is not there",
				"xl/worksheets/_rels/sheet1.xml.rels: rId1 leads to xl/drawings/drawing1.xml that is not there",
				"xl/drawings/_rels/drawing1.xml.rels: has relationships of a part that is not there");
	}

	@Test
	void aPartThatNothingLeadsToIsSeen() throws IOException {
		assertThat(OpenXmlCheck.faults(damage("xl/worksheets/_rels/sheet1.xml.rels", null, ""))).contains(
				"xl/drawings/drawing1.xml: is a part that nothing leads to",
				DAYS + ": uses the relationship rId1 that it has not");
	}

	private static Arguments damage(String part, String damaged, String by, String fault) {
		return arguments(part, damaged, by, fault);
	}

	/** The good workbook with one place of a part replaced, or the part left out. */
	private Path damage(String part, String damaged, String by) throws IOException {
		Map<String, String> entries = read(this.good);
		if (damaged == null) {
			assertThat(entries.remove(part)).isNotNull();
		}
		else {
			Matcher place = Pattern.compile(damaged, Pattern.DOTALL).matcher(entries.get(part));
			String bad = place.replaceFirst(by);
			assertThat(bad).as("the place is there").isNotEqualTo(entries.put(part, bad));
		}
		return write(entries);
	}

	private Path write(Map<String, String> entries) throws IOException {
		Path file = this.directory.resolve("bad.xlsx");
		try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
			for (Map.Entry<String, String> entry : entries.entrySet()) {
				zip.putNextEntry(new ZipEntry(entry.getKey()));
				zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
			}
		}
		return file;
	}

	private static Map<String, String> read(Path file) throws IOException {
		try (ZipFile zip = new ZipFile(file.toFile())) {
			Map<String, String> entries = new LinkedHashMap<>();
			zip.stream().forEach((entry) -> {
				try {
					entries.put(entry.getName(),
							new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			});
			return entries;
		}
	}

}
