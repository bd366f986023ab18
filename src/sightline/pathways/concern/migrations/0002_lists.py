"""Reference lists: schools, nurseries, surgeries, and those who work with children."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('concern', '0001_drafts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Listed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(help_text='school, nursery, surgery, health_visitor or social_worker', max_length=20)),
                ('reference', models.CharField(help_text='its number in the list that it comes from', max_length=30)),
                ('name', models.CharField(max_length=200)),
                ('address', models.CharField(blank=True, max_length=300)),
                ('postcode', models.CharField(blank=True, max_length=10)),
                ('words', models.CharField(help_text='all of it as it is looked up: small letters, no marks', max_length=600)),
                ('active_until', models.DateField(blank=True, help_text='since when it is no longer on the list', null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'name'], name='listed_by_name')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'reference'), name='listed_once')],
            },
        ),
    ]
