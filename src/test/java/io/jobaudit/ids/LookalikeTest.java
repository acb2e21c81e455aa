package io.jobaudit.ids;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.jobaudit.ids.InputLine.RejectedLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LookalikeTest {

	private static final String ID = "038a917f6ff11d434a8672ff22cdcc92";

	@TempDir
	private Path directory = Path.of("");

	@ParameterizedTest
	@CsvSource(delimiter = '!',
			textBlock = """
					ID;red⏎ID;red                                  ! the cells are separated by ";", not by commas; give --delimiter ';'
					job⇥team⏎ID⇥red                               ! the cells are separated by tabs, not by commas; give --delimiter tab
					job|team⏎ID|red                                 ! the cells are separated by "|", not by commas; give --delimiter '|'
					{"job_id":"ID","team":"red"}                     ! the file looks like JSON
					[{"job_id":"ID"}]                                ! the file looks like JSON
					INSERT INTO jobs VALUES ('ID');                  ! the file looks like SQL
					<jobs><id>ID</id></jobs>                         ! the file looks like HTML or XML
					job_id | team⏎-------+------⏎ ID | red         ! the file looks like a table printed by a database client
					+------+⏎| job_id |⏎+------+⏎| ID |           ! the file looks like a table printed by a database client
					# exported 2026-11-27⏎job_id,team⏎ID,red       ! the first line is a comment
					="ID"                                        ! the cells are spreadsheet formulas
					https://ice.example/job/ID                       ! the cells are URLs
					""")
	void aFileThatIsNoListOfIdsIsRefusedWithWhatItLooksLike(String text, String advice) throws IOException {
		Path file = write(text);

		assertThatThrownBy(() -> open(file)).isInstanceOf(BadInputException.class)
			.hasMessageStartingWith(file + ", line 1: " + advice);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '!', textBlock = """
			job_id⏎="ID"⏎="ID"           ! the cells are spreadsheet formulas
			job_id⏎https://ice.example/ID ! the cells are URLs
			job_id⏎3.8E+31⏎9E+12         ! a spreadsheet has turned ids into numbers such as 1.2E+15
			""")
	void aListWithoutAnyIdIsRefusedWithWhatItLooksLike(String text, String advice) throws IOException {
		CsvInput input = open(write(text));

		assertThatThrownBy(() -> ImportCheck.check(input, 2, 2, null)).isInstanceOf(BadInputException.class)
			.hasMessageStartingWith(input.source() + ": none of the 2 data lines has a well-formed job id: " + advice);
		assertThat(ImportCheck.check(input, 3, 2, null)).get()
			.asString()
			.startsWith(input.source() + ": 2 of the 3 data lines are malformed: " + advice);
		assertThat(ImportCheck.check(input, 4, 2, null)).as("half of the lines are ids").isEmpty();
	}

	@Test
	void aListThatLooksLikeNothingElseIsJudgedByItsFirstBadLine() throws IOException {
		CsvInput input = open(write("job_id\nbad id\n"));

		assertThatThrownBy(() -> ImportCheck.check(input, 1, 1, new RejectedLine("a.csv", 2, "", "EMPTY")))
			.hasMessageEndingWith(
					"none of the 1 data lines has a well-formed job id: a.csv, line 2: \"\" has no job id");
		assertThatThrownBy(() -> ImportCheck.check(input, 0, 0, null)).isInstanceOf(BadInputException.class)
			.hasMessageEndingWith("the input has no data lines; give a CSV file of job ids");
	}

	@ParameterizedTest
	@ValueSource(strings = { "job_id,note⏎ID,a;b", "job_id,a|b⏎ID,x", "ID⏎ID", "bad id⏎ID", "job_id⏎ID" })
	void aListOfIdsIsTaken(String text) throws IOException {
		assertThat(open(write(text)).files()).hasSize(1);
	}

	private Path write(String text) throws IOException {
		return Files.writeString(this.directory.resolve("ids.csv"),
				text.replace("ID", ID).replace("⏎", "\n").replace("⇥", "\t").strip() + "\n");
	}

	private static CsvInput open(Path file) {
		return CsvInput.open(List.of(file.toString()), CsvHints.NONE, new ByteArrayInputStream(new byte[0]));
	}

}
