package io.jobaudit.cli.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.jobaudit.ConfigurationException;
import io.jobaudit.DidYouMean;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.function.SingletonSupplier;

/**
 * Rejects unknown settings, whatever their source: those below {@code audit}, those whose
 * first word is a misspelt {@code audit} or missing, and those of the sections of Spring
 * that we document.
 */
public final class SettingsCheck {

	private static final Set<String> SECTIONS = Set.of("spring.datasource.", "spring.flyway.", "spring.mail.");

	/** Known without a look at the descriptions of all libraries. */
	private static final Set<String> USUAL = Set.of("spring.datasource.url", "spring.datasource.username",
			"spring.datasource.password", "spring.flyway.user", "spring.flyway.password", "spring.mail.host",
			"spring.mail.port", "spring.mail.username", "spring.mail.password");

	/** What Kubernetes tells each pod about a service, such as audit or audit-api. */
	private static final Pattern SERVICE = Pattern.compile(
			"[A-Z0-9_]+_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT(_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)");

	/** The defaults in our own jar. */
	private static final String DEFAULTS = "class path resource [application.yml]";

	private final KnownSettings ours = KnownSettings.ours();

	private final Supplier<KnownSettings> springs = SingletonSupplier.of(() -> KnownSettings.ofSpring(SECTIONS));

	private final ConfigurableEnvironment environment;

	private final List<String> faults = new ArrayList<>();

	private SettingsCheck(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	/**
	 * Checks every setting.
	 * @throws ConfigurationException naming the first unknown one
	 */
	public static void check(ConfigurableEnvironment environment) {
		faults(environment).stream().findFirst().ifPresent((fault) -> {
			throw new ConfigurationException(fault);
		});
	}

	/** All unknown settings, each with the nearest known one. */
	public static List<String> faults(ConfigurableEnvironment environment) {
		SettingsCheck check = new SettingsCheck(environment);
		for (PropertySource<?> source : environment.getPropertySources()) {
			if (source instanceof EnumerablePropertySource<?> names && !isDefaults(source)) {
				check.checkSource(names);
			}
		}
		return check.faults;
	}

	static boolean isDefaults(PropertySource<?> source) {
		return source.getName().contains(DEFAULTS);
	}

	private void checkSource(EnumerablePropertySource<?> source) {
		List<String> names = List.of(source.getPropertyNames());
		switch (source.getName()) {
			case StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME ->
				names.stream().sorted().forEach((name) -> checkVariable(source, name));
			case StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME ->
				names.forEach((name) -> checkName(source, name, false));
			default -> names.forEach((name) -> checkName(source, name, true));
		}
	}

	/**
	 * Checks a name of a file, the command line or the JVM.
	 * @param ofOurs whether all names of the source are for us
	 */
	private void checkName(EnumerablePropertySource<?> source, String name, boolean ofOurs) {
		String uniform = KnownSettings.uniform(name);
		String root = uniform.split("[.\\[]", 2)[0];
		if (root.equals("audit")) {
			if (!this.ours.has(name) && !isEmptySection(source, name)) {
				addUnknown(source, name, "audit" + name.substring(Math.min(name.length(), root.length())));
			}
		}
		else if (ofOurs && this.ours.has(KnownSettings.PREFIX + name)) {
			addUnknown(source, name, KnownSettings.PREFIX + name);
		}
		else if (ofOurs && DidYouMean.edits(root, "audit") <= 2) {
			addUnknown(source, name, "audit" + name.substring(root.length()));
		}
		else if (SECTIONS.stream().anyMatch(uniform::startsWith) && !USUAL.contains(uniform)
				&& !this.springs.get().has(name)) {
			add(source, name, DidYouMean.of(name, this.springs.get().names()).orElseThrow());
		}
	}

	/** A section of a file whose settings are all commented out. */
	private boolean isEmptySection(EnumerablePropertySource<?> source, String name) {
		return "".equals(String.valueOf(source.getProperty(name))) && this.ours.names()
			.stream()
			.anyMatch((setting) -> setting.startsWith(name.toLowerCase(Locale.ROOT) + "."));
	}

	private void checkVariable(EnumerablePropertySource<?> source, String name) {
		String variable = name.toUpperCase(Locale.ROOT);
		boolean ofOurs = variable.startsWith("AUDIT_");
		if (!ofOurs && SECTIONS.stream().map(KnownSettings::variable).noneMatch(variable::startsWith)) {
			return;
		}
		boolean usual = USUAL.stream().map(KnownSettings::variable).anyMatch(variable::equals);
		if (usual || isService(variable, String.valueOf(source.getProperty(name)))) {
			return;
		}
		KnownSettings known = ofOurs ? this.ours : this.springs.get();
		if (!known.hasVariable(variable)) {
			add(source, name, DidYouMean.of(variable, known.variables()).orElseThrow());
		}
	}

	/**
	 * The port of a service is a URL such as tcp://10.0.0.1:80, that of a person is not.
	 */
	private static boolean isService(String variable, String value) {
		return SERVICE.matcher(variable).matches() && (!variable.endsWith("_PORT") || variable.endsWith("_SERVICE_PORT")
				|| variable.matches(".*_PORT_\\d+_[A-Z]+_PORT") || value.matches("(tcp|udp|sctp)://.*"));
	}

	private void addUnknown(EnumerablePropertySource<?> source, String name, String meant) {
		add(source, name, DidYouMean.of(meant, this.ours.names()).orElseThrow());
	}

	private void add(EnumerablePropertySource<?> source, String name, String nearest) {
		String where = name.equals(KnownSettings.variable(name)) ? "environment" : SettingOrigin.of(source, name);
		String remedy = name.matches(".*\\[(true|false)]")
				? "YAML reads on, off, yes and no as true or false; write the name in quotes, such as \"on\""
				: "did you mean " + nearest + "?";
		this.faults.add("unknown setting %s (%s); %s".formatted(name, where, remedy));
	}

}
