package dev.ferrule.wirekit;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The objects that are still reachable, by class, as the JVM's own histogram tells. */
public final class LiveObjects {
    private static final Pattern COLUMNS = Pattern.compile("\\s+");

    private LiveObjects() {}

    /**
     * Collects garbage, then counts what is left. Takes some 50 ms and stops the world meanwhile.
     *
     * @param classNames binary names
     * @return how many objects of exactly these classes are reachable, a line for each class that has some: {@code 3 a.B}
     * @throws IllegalStateException when this JVM has no histogram
     */
    public static List<String> of(Set<String> classNames) {
        return histogram()
                .lines()
                .map(line -> COLUMNS.split(line.trim(), -1))
                .filter(columns -> columns.length >= 4 && classNames.contains(columns[3]))
                .map(columns -> columns[1] + " " + columns[3])
                .toList();
    }

    private static String histogram() {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        try {
            ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
            Object[] noArguments = {new String[0]};
            return (String)
                    beans.invoke(commands, "gcClassHistogram", noArguments, new String[] {String[].class.getName()});
        } catch (JMException e) {
            throw new IllegalStateException("This JVM has no histogram of its heap", e);
        }
    }
}
