package io.jobaudit;

import java.util.Map;
import java.util.Set;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The walls between the rooms, as the design draws them: data goes right, imports point
 * left.
 */
class ArchitectureTest {

	private static final String BASE = "io.jobaudit";

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(BASE);

	/** Which rooms a room may import; all may import the base package. */
	private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
			Map.entry("cli",
					Set.of("watch", "notify", "batch", "ids", "ledger", "fetch", "normalize", "store", "books",
							"report", "simulator")),
			Map.entry("watch", Set.of("batch", "ledger", "fetch")),
			Map.entry("notify", Set.of("batch", "ledger", "fetch", "report")),
			Map.entry("batch", Set.of("ids", "ledger", "fetch", "normalize", "store", "books", "report")),
			Map.entry("ids", Set.of()), Map.entry("ledger", Set.of("ids", "fetch")), Map.entry("fetch", Set.of("ids")),
			Map.entry("normalize", Set.of("fetch")), Map.entry("store", Set.of("normalize")),
			Map.entry("books", Set.of()), Map.entry("report", Set.of()), Map.entry("simulator", Set.of()));

	@ParameterizedTest
	@ValueSource(strings = { "cli", "watch", "notify", "batch", "ids", "ledger", "fetch", "normalize", "store", "books",
			"report", "simulator" })
	void aRoomImportsOnlyWhatItMay(String room) {
		String[] forbidden = MAY_IMPORT.keySet()
			.stream()
			.filter((other) -> !other.equals(room) && !MAY_IMPORT.getOrDefault(room, Set.of()).contains(other))
			.map((other) -> BASE + "." + other + "..")
			.toArray(String[]::new);

		noClasses().that()
			.resideInAPackage(BASE + "." + room + "..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(forbidden)
			.check(CLASSES);
	}

	@Test
	void everyClassLivesInARoom() {
		assertThat(CLASSES).extracting(JavaClass::getPackageName)
			.allMatch((name) -> name.equals(BASE) || MAY_IMPORT.containsKey(name.substring(BASE.length() + 1)));
	}

	@Test
	void normalizeIsPure() {
		noClasses().that()
			.resideInAPackage(BASE + ".normalize..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework..", "java.io..", "java.nio.file..", "java.net..", "java.sql..",
					"javax.sql..")
			.orShould()
			.dependOnClassesThat()
			.areAssignableTo(java.time.Clock.class)
			.orShould()
			.callMethod(java.time.Instant.class, "now")
			.check(CLASSES);
	}

	@Test
	void theSimulatorIsUsedByTheCommandLineOnly() {
		noClasses().that()
			.resideOutsideOfPackages(BASE + ".simulator..", BASE + ".cli..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage(BASE + ".simulator..")
			.check(CLASSES);
	}

	@Test
	void whomToTrustIsLeftToThePlatform() {
		noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage("javax.net.ssl..", "org.apache.hc.client5.http.ssl..", "org.apache.hc.core5.ssl..",
					"org.apache.hc.core5.http.ssl..", "org.apache.hc.core5.http.nio.ssl..")
			.because("TLS is verified, and there is no switch that says otherwise")
			.check(CLASSES);
	}

	@Test
	void onlyTheCommandLinePrints() {
		noClasses().that()
			.resideOutsideOfPackage(BASE + ".cli..")
			.should()
			.accessField(System.class, "out")
			.orShould()
			.accessField(System.class, "err")
			.check(CLASSES);
	}

	@Test
	void everyPackageIsNullMarked() {
		classes().that()
			.haveSimpleName("package-info")
			.should()
			.beAnnotatedWith(org.jspecify.annotations.NullMarked.class)
			.check(CLASSES);
		assertThat(CLASSES.stream().filter((type) -> type.getSimpleName().equals("package-info")).count())
			.isEqualTo(MAY_IMPORT.size() + 1L);
	}

}
