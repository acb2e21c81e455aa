package io.jobaudit;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/** Which package may import which: one direction, no circle. */
class ArchitectureTest {

	private static final String BASE = "io.jobaudit";

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption((location) -> !location.contains("/test-classes/"))
		.importPackages(BASE);

	/**
	 * Which packages a package may import; all may import the base package. A package
	 * does not include those below it: {@code report} and {@code report.xlsx} are two
	 * entries.
	 */
	private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
			Map.entry("cli",
					Set.of("cli.settings", "cli.terminal", "progress", "metrics", "notify", "preview", "upkeep",
							"cluster", "batch", "csv", "ids", "ledger", "fetch", "fetch.api", "normalize", "store",
							"billing", "report", "report.csv", "report.subject", "simulator")),
			Map.entry("cli.settings", Set.of()), Map.entry("cli.terminal", Set.of("progress")),
			Map.entry("progress", Set.of("batch", "ledger", "fetch")),
			Map.entry("metrics", Set.of("batch", "ledger", "fetch", "fetch.api")),
			Map.entry("cluster",
					Set.of("batch", "notify", "ledger", "ids", "fetch", "fetch.api", "store", "report", "report.csv",
							"report.subject")),
			Map.entry("notify", Set.of("batch", "ledger")),
			Map.entry("preview", Set.of("batch", "ids", "fetch", "fetch.api", "normalize", "store")),
			Map.entry("upkeep", Set.of("ledger", "normalize", "store", "billing", "report", "report.subject")),
			Map.entry("batch",
					Set.of("ids", "ledger", "fetch", "fetch.api", "normalize", "store", "billing", "report",
							"report.subject")),
			Map.entry("ledger", Set.of("csv", "ids", "fetch", "fetch.api")), Map.entry("fetch", Set.of("fetch.api")),
			Map.entry("fetch.api", Set.of()), Map.entry("normalize", Set.of("fetch.api")),
			Map.entry("store", Set.of("normalize", "store.embedded")), Map.entry("store.embedded", Set.of()),
			Map.entry("ids", Set.of("csv")), Map.entry("billing", Set.of("csv")), Map.entry("csv", Set.of()),
			Map.entry("report",
					Set.of("report.csv", "report.html", "report.xlsx", "report.definition", "report.subject",
							"report.table")),
			Map.entry("report.csv", Set.of("csv", "report.table", "report.definition", "report.subject")),
			Map.entry("report.html", Set.of("report.table", "report.definition", "report.subject")),
			Map.entry("report.xlsx", Set.of("report.table", "report.definition", "report.subject")),
			Map.entry("report.table", Set.of("report.definition", "report.subject")),
			Map.entry("report.definition", Set.of("report.subject")), Map.entry("report.subject", Set.of()),
			Map.entry("simulator", Set.of()));

	static Stream<String> packages() {
		return MAY_IMPORT.keySet().stream().sorted();
	}

	@ParameterizedTest
	@MethodSource("packages")
	void aPackageImportsOnlyWhatItMay(String name) {
		String[] forbidden = MAY_IMPORT.keySet()
			.stream()
			.filter((other) -> !other.equals(name) && !MAY_IMPORT.getOrDefault(name, Set.of()).contains(other))
			.map((other) -> BASE + "." + other)
			.toArray(String[]::new);

		noClasses().that()
			.resideInAPackage(BASE + "." + name)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(forbidden)
			.check(CLASSES);
	}

	@Test
	void theBasePackageImportsNoOther() {
		noClasses().that()
			.resideInAPackage(BASE)
			.should()
			.dependOnClassesThat()
			.resideInAPackage(BASE + ".*..")
			.check(CLASSES);
	}

	@Test
	void noPackagesFormACircle() {
		Map<String, Set<String>> left = new HashMap<>(MAY_IMPORT);
		boolean removed = true;
		while (removed) {
			removed = left.values().removeIf((imported) -> imported.stream().noneMatch(left::containsKey));
		}

		assertThat(left.keySet()).as("packages that import each other").isEmpty();
	}

	@Test
	void everyClassLivesInAKnownPackage() {
		assertThat(CLASSES).extracting(JavaClass::getPackageName)
			.allMatch((name) -> name.equals(BASE) || MAY_IMPORT.containsKey(name.substring(BASE.length() + 1)));
	}

	@Test
	void everyPermissionIsUsed() {
		Set<String> used = CLASSES.stream()
			.flatMap((type) -> type.getDirectDependenciesFromSelf().stream())
			.map((arrow) -> arrow.getOriginClass().getPackageName() + ">" + arrow.getTargetClass().getPackageName())
			.collect(Collectors.toSet());

		MAY_IMPORT.forEach((name, imported) -> assertThat(imported).as("what %s may import", name)
			.allMatch((other) -> used.contains(BASE + "." + name + ">" + BASE + "." + other)));
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
	void onlyTheClusterKnowsTheEngine() {
		noClasses().that()
			.resideOutsideOfPackage(BASE + ".cluster")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("com.github.kagkarlsson..")
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

	@Test
	void noSimpleNameOccursTwice() {
		Map<String, Set<String>> typesByName = CLASSES.stream()
			.filter((type) -> !type.isAnonymousClass() && !type.getSimpleName().equals("package-info"))
			.collect(Collectors.groupingBy(JavaClass::getSimpleName,
					Collectors.mapping(JavaClass::getName, Collectors.toSet())));

		assertThat(typesByName).hasSizeGreaterThan(400);
		assertThat(typesByName.values()).as("types of one simple name").allMatch((types) -> types.size() == 1);
	}

}
